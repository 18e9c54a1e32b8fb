using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace Zoo.Runtime;

/// <summary>
/// Brings a model to the state of a file. Everything is read and checked first; only then anything in the model changes, and from there on
/// nothing can fail.
/// </summary>
internal sealed class CheckpointLoader
{
    readonly ModelState state;
    readonly string path;
    readonly SafetensorsReader file;
    readonly CheckpointOptions options;
    readonly Dictionary<string, TensorEntry> entries;
    readonly OptionDifferences differences;
    readonly HashSet<string> unread;
    readonly List<string> ignored = [];
    readonly List<string> problems = [];

    CheckpointLoader(ModelState state, string path, SafetensorsReader file, CheckpointOptions options)
    {
        (this.state, this.path, this.file, this.options) = (state, path, file, options);
        var known = state.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        entries = TensorNames.Of(file.Entries, options, known.Contains, ignored, problems);
        differences = new OptionDifferences(state.Description, entries.Keys.ToHashSet(StringComparer.Ordinal));
        unread = [.. entries.Keys];
    }

    /// <summary>Loads a checkpoint, or a file of parameters alone.</summary>
    /// <exception cref="CheckpointException">The file does not fit the model, which stays as it was.</exception>
    public static CheckpointReport Load(ModelState state, string path, CheckpointOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        state.ThrowIfDisposed();
        using var file = new SafetensorsReader(path);
        var report = new CheckpointLoader(state, path, file, options).Load();
        GC.KeepAlive(state);
        return report;
    }

    CheckpointReport Load()
    {
        var model = state.Description;
        CheckMetadata(model);
        problems.AddRange(differences.Problems);
        var parameters = model.Parameters.Select(Parameter).ToArray();
        // Files from elsewhere hold parameters alone. A file that has some of the state must have all of it.
        var isComplete = unread.Any(name => name.StartsWith(CheckpointNames.Prefix, StringComparison.Ordinal));
        var sections = isComplete ? model.Moments.Select(moment => Moment(model, moment)).ToArray() : [];
        var hyperparameters = isComplete ? model.Hyperparameters.Select(Hyperparameter).ToArray() : [];
        var seed = isComplete ? Find(CheckpointNames.Seed, [], TensorType.U64) : null;
        var steps = isComplete ? Find(CheckpointNames.Steps, [], TensorType.I64) : null;
        var updates = isComplete ? Find(CheckpointNames.Updates, [state.Updates.Length], TensorType.I64) : null;
        var inStep = isComplete && Checkpoint.HasParts(model)
            ? Find(CheckpointNames.UpdatesInStep, [state.Updates.Length], TensorType.I64)
            : null;
        foreach (var name in unread.Order(StringComparer.Ordinal))
        {
            if (options.AllowExtra) ignored.Add(entries[name].Name);
            else if (!differences.Explains(name)) problems.Add($"tensor {Quoted(name)} is not expected; it is {entries[name].Form}");
        }
        if (problems.Count == 0 && HasMetadata && !options.ParametersOnly)
            problems.AddRange(OptionDifferences.OfMeaning(model, file.Metadata));
        // Only where names and shapes say nothing: of them the fingerprint is made.
        if (problems.Count == 0 && HasMetadata && !options.ParametersOnly) CheckMetadata("fingerprint", model.Fingerprint);
        ThrowIfAny();

        var values = Floats(parameters, options.AllowNonFinite);
        var moments = sections.Select(section => Floats(section, options.AllowNonFinite)).ToArray();
        var settings = Floats(hyperparameters, allowNonFinite: false);
        for (var i = 0; i < settings.Length; i++)
            if (settings[i] is [var setting])
                Check(model.Hyperparameters[i].Range.Holds(setting), hyperparameters[i]!, model.Hyperparameters[i].Range.Words(), setting);
        var counters = new[] { steps, updates, inStep }.OfType<TensorEntry>().Select(entry => (Entry: entry, Values: Integers(entry)))
            .ToArray();
        foreach (var (entry, counts) in counters) Check(counts.All(count => count >= 0), entry, "no negative number", counts.Min());
        var seedValue = seed is null ? state.Seed : (ulong)Integers(seed)[0];
        ThrowIfAny();

        state.Reset(seedValue);
        Apply(values, state.Parameters, state.ParameterSection, 0);
        state.BeginAverages();
        for (var i = 0; i < moments.Length; i++)
            Apply(moments[i], Covered(model.Moments[i]), state.Section(model.Moments[i]), model.Moments[i].Start);
        for (var i = 0; i < settings.Length; i++) state.Hyperparameters[model.Hyperparameters[i].Name] = settings[i]![0];
        if (isComplete)
        {
            state.Steps = counters[0].Values[0];
            counters[1].Values.CopyTo(state.Updates, 0);
            if (counters.Length > 2) counters[2].Values.CopyTo(state.UpdatesInStep, 0);
        }
        var found = model.Parameters.Zip(parameters).ToLookup(pair => pair.Second is not null, pair => pair.First.Name);
        return new CheckpointReport(isComplete, [.. found[true]], [.. found[false]], [.. ignored.Order(StringComparer.Ordinal)]);
    }

    // Other tools rewrite the metadata when they rewrite the file; names and shapes then have to do.
    bool HasMetadata => file.Metadata.GetValueOrDefault("format") == CheckpointNames.Format;

    void CheckMetadata(ModelDescription model)
    {
        if (!HasMetadata) return;
        CheckMetadata("version", CheckpointNames.Version);
        ThrowIfAny();
        CheckMetadata("variant", model.Variant);
    }

    void CheckMetadata(string key, string expected)
    {
        if (file.Metadata.TryGetValue(key, out var found) && found != expected)
            problems.Add($"its {key} is '{found}'; '{expected}' was expected");
    }

    TensorEntry? Parameter(ParameterDescription parameter) => options.AllowMissing && !entries.ContainsKey(parameter.Name)
        ? null
        : IsCount(parameter)
            ? Find(parameter.Name, parameter.Shape, type => type == TensorType.I64 || IsFloatingPoint(type), "I64 or F32")
            : Find(parameter.Name, parameter.Shape, IsFloatingPoint, "F32, F16, BF16 or F64");

    /// <summary>What PyTorch counts in whole numbers: the batches that a layer has seen.</summary>
    static bool IsCount(ParameterDescription parameter) => !parameter.IsTrained && parameter.Shape.IsEmpty;

    TensorEntry?[] Moment(ModelDescription model, SectionDescription moment) => [.. Covered(moment).Select(p =>
    {
        var (parameter, name) = (p.Description, CheckpointNames.Moment(model, moment, p.Description));
        return options.AllowMissing && !entries.ContainsKey(parameter.Name) && !entries.ContainsKey(name)
            ? null
            : Find(name, parameter.Shape, TensorType.F32);
    })];

    IEnumerable<Parameter> Covered(SectionDescription moment) => state.Parameters.Where(parameter => moment.Covers(parameter.Layout));

    TensorEntry? Hyperparameter(HyperparameterDescription hyperparameter) =>
        Find(CheckpointNames.Hyperparameter(hyperparameter), [], TensorType.F32);

    TensorEntry? Find(string name, ImmutableArray<int> shape, TensorType type) =>
        Find(name, shape, found => found == type, type.ToString());

    /// <summary>The entry of that name, type and shape; where it is not there, null and a problem.</summary>
    TensorEntry? Find(string name, ImmutableArray<int> shape, Func<TensorType, bool> isType, string types)
    {
        ImmutableArray<long> sizes = [.. shape];
        unread.Remove(name);
        if (!entries.TryGetValue(name, out var entry))
        {
            if (!differences.Explains(name)) problems.Add($"tensor '{name}' is missing; {TensorEntry.Describe(types, sizes)} was expected");
            return null;
        }

        if (isType(entry.Type) && entry.Shape.SequenceEqual(sizes)) return entry;
        if (!differences.Explains(name))
            problems.Add($"tensor {Quoted(name)} is {entry.Form}; {TensorEntry.Describe(types, sizes)} was expected");
        return null;
    }

    /// <summary>A name in the model, and in the file where that is another.</summary>
    string Quoted(string name) => entries[name].Name == name ? $"'{name}'" : $"'{name}' ('{entries[name].Name}' in the file)";

    static bool IsFloatingPoint(TensorType type) => type is TensorType.F32 or TensorType.F16 or TensorType.BF16 or TensorType.F64;

    float[]?[] Floats(TensorEntry?[] found, bool allowNonFinite) =>
        [.. found.Select(entry => entry is null ? null : Floats(entry, allowNonFinite))];

    float[] Floats(TensorEntry entry, bool allowNonFinite)
    {
        var data = file.Read(entry);
        var values = new float[data.Length / entry.Type.Size()];
        for (var i = 0; i < values.Length; i++)
        {
            var element = data.AsSpan(i * entry.Type.Size());
            values[i] = entry.Type switch
            {
                TensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                TensorType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                TensorType.I64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                TensorType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => BinaryPrimitives.ReadSingleLittleEndian(element),
            };
        }

        var bad = allowNonFinite ? -1 : Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad >= 0) RefuseValue(entry, values, bad, data);
        return values;
    }

    /// <summary>Names the first value that is no finite float, and where it is.</summary>
    void RefuseValue(TensorEntry entry, float[] values, int at, byte[] data)
    {
        var indices = new string[entry.Shape.Length];
        for (var (axis, rest) = (entry.Shape.Length - 1, (long)at); axis >= 0; axis--)
        {
            (rest, var index) = Math.DivRem(rest, entry.Shape[axis]);
            indices[axis] = index.ToString(CultureInfo.InvariantCulture);
        }
        var wide = entry.Type == TensorType.F64 ? BinaryPrimitives.ReadDoubleLittleEndian(data.AsSpan(at * sizeof(double))) : values[at];
        var beyond = double.IsFinite(wide) ? ", which is beyond a float," : "";
        var found = string.Create(CultureInfo.InvariantCulture, $"{wide}{beyond} at [{string.Join(", ", indices)}]");
        var more = values.Count(value => !float.IsFinite(value)) - 1;
        Check(false, entry, "a finite number", more == 0 ? found : $"{found} and {more} more such values");
    }

    long[] Integers(TensorEntry entry)
    {
        var data = file.Read(entry);
        return [.. Enumerable.Range(0, data.Length / sizeof(long))
            .Select(i => BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(i * sizeof(long))))];
    }

    static void Apply(float[]?[] values, IEnumerable<Parameter> parameters, Span<float> section, int start)
    {
        var next = 0;
        foreach (var parameter in parameters)
            if (values[next++] is { } present) parameter.Layout.Scatter(present, section, start);
    }

    void Check<T>(bool holds, TensorEntry entry, string expected, T found)
    {
        if (!holds) problems.Add($"tensor '{entry.Name}' holds {found}; {expected} was expected");
    }

    void ThrowIfAny()
    {
        if (problems.Count > 0) throw new CheckpointException(path, problems);
    }
}
