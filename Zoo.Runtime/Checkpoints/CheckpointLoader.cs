using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Zoo.Runtime;

/// <summary>
/// Brings a model to the state of a file. Everything is read and checked first; only then anything in the model changes, and from there on nothing can fail.
/// </summary>
internal sealed class CheckpointLoader
{
    readonly ModelState state;
    readonly string path;
    readonly SafetensorsReader file;
    readonly HashSet<string> unread;
    readonly List<string> problems = [];

    CheckpointLoader(ModelState state, string path, SafetensorsReader file)
    {
        (this.state, this.path, this.file) = (state, path, file);
        unread = [.. file.Entries.Keys];
    }

    /// <summary>Loads a checkpoint, or a file of parameters alone.</summary>
    /// <exception cref="CheckpointException">The file does not fit the model, which stays as it was.</exception>
    public static void Load(ModelState state, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        state.ThrowIfDisposed();
        using var file = new SafetensorsReader(path);
        new CheckpointLoader(state, path, file).Load();
        GC.KeepAlive(state);
    }

    void Load()
    {
        var model = state.Description;
        CheckMetadata(model);
        var parameters = model.Parameters.Select(parameter => Find(parameter.Name, parameter.Shape, IsFloatingPoint, "F32, F16, BF16 or F64")).ToArray();
        // Files from elsewhere hold parameters alone. A file that has some of the state must have all of it.
        var isComplete = unread.Any(name => name.StartsWith(CheckpointNames.Prefix, StringComparison.Ordinal));
        var sections = isComplete ? model.Moments.Select(moment => Moment(model, moment)).ToArray() : [];
        var hyperparameters = isComplete ? model.Hyperparameters.Select(Hyperparameter).ToArray() : [];
        var seed = isComplete ? Find(CheckpointNames.Seed, [], TensorType.U64) : null;
        var steps = isComplete ? Find(CheckpointNames.Steps, [], TensorType.I64) : null;
        var updates = isComplete ? Find(CheckpointNames.Updates, [state.Updates.Length], TensorType.I64) : null;
        var inStep = isComplete && Checkpoint.HasParts(model) ? Find(CheckpointNames.UpdatesInStep, [state.Updates.Length], TensorType.I64) : null;
        problems.AddRange(unread.Order(StringComparer.Ordinal).Select(name => $"tensor '{name}' is not expected; it is {file.Entries[name].Form}"));
        ThrowIfAny();

        var values = Floats(parameters);
        var moments = sections.Select(Floats).ToArray();
        var settings = Floats(hyperparameters);
        for (var i = 0; i < settings.Length; i++) Check(model.Hyperparameters[i].Range.Holds(settings[i][0]), hyperparameters[i]!, model.Hyperparameters[i].Range.Words(), settings[i][0]);
        var counters = new[] { steps, updates, inStep }.OfType<TensorEntry>().Select(entry => (Entry: entry, Values: Integers(entry))).ToArray();
        foreach (var (entry, counts) in counters) Check(counts.All(count => count >= 0), entry, "no negative number", counts.Min());
        var seedValue = seed is null ? state.Seed : (ulong)Integers(seed)[0];
        ThrowIfAny();

        state.Reset(seedValue);
        Apply(values, state.Parameters, state.ParameterSection, 0);
        if (!isComplete) return;
        for (var i = 0; i < moments.Length; i++) Apply(moments[i], Covered(model.Moments[i]), state.Section(model.Moments[i]), model.Moments[i].Start);
        for (var i = 0; i < settings.Length; i++) state.Hyperparameters[model.Hyperparameters[i].Name] = settings[i][0];
        state.Steps = counters[0].Values[0];
        counters[1].Values.CopyTo(state.Updates, 0);
        if (counters.Length > 2) counters[2].Values.CopyTo(state.UpdatesInStep, 0);
    }

    void CheckMetadata(ModelDescription model)
    {
        // Other tools rewrite the metadata when they rewrite the file; names and shapes then have to do.
        if (file.Metadata.GetValueOrDefault("format") != CheckpointNames.Format) return;
        CheckMetadata("version", CheckpointNames.Version);
        ThrowIfAny();
        CheckMetadata("variant", model.Variant);
        CheckMetadata("fingerprint", model.Fingerprint);
    }

    void CheckMetadata(string key, string expected)
    {
        if (file.Metadata.TryGetValue(key, out var found) && found != expected) problems.Add($"its {key} is '{found}'; '{expected}' was expected");
    }

    TensorEntry?[] Moment(ModelDescription model, SectionDescription moment) =>
        [.. Covered(moment).Select(parameter => Find(CheckpointNames.Moment(model, moment, parameter.Description), parameter.Description.Shape, TensorType.F32))];

    IEnumerable<Parameter> Covered(SectionDescription moment) => state.Parameters.Where(parameter => moment.Covers(parameter.Layout));

    TensorEntry? Hyperparameter(HyperparameterDescription hyperparameter) => Find(CheckpointNames.Hyperparameter(hyperparameter), [], TensorType.F32);

    TensorEntry? Find(string name, ImmutableArray<int> shape, TensorType type) => Find(name, shape, found => found == type, type.ToString());

    /// <summary>The entry of that name, type and shape; where it is not there, null and a problem.</summary>
    TensorEntry? Find(string name, ImmutableArray<int> shape, Func<TensorType, bool> isType, string types)
    {
        ImmutableArray<long> sizes = [.. shape];
        unread.Remove(name);
        if (!file.Entries.TryGetValue(name, out var entry))
        {
            problems.Add($"tensor '{name}' is missing; {TensorEntry.Describe(types, sizes)} was expected");
            return null;
        }

        if (isType(entry.Type) && entry.Shape.SequenceEqual(sizes)) return entry;
        problems.Add($"tensor '{name}' is {entry.Form}; {TensorEntry.Describe(types, sizes)} was expected");
        return null;
    }

    static bool IsFloatingPoint(TensorType type) => type is TensorType.F32 or TensorType.F16 or TensorType.BF16 or TensorType.F64;

    float[][] Floats(TensorEntry?[] entries) => [.. entries.Select(entry => Floats(entry!))];

    float[] Floats(TensorEntry entry)
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
                TensorType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => BinaryPrimitives.ReadSingleLittleEndian(element),
            };
        }

        return values;
    }

    long[] Integers(TensorEntry entry)
    {
        var data = file.Read(entry);
        return [.. Enumerable.Range(0, data.Length / sizeof(long)).Select(i => BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(i * sizeof(long))))];
    }

    static void Apply(float[][] values, IEnumerable<Parameter> parameters, Span<float> section, int start)
    {
        var next = 0;
        foreach (var parameter in parameters) parameter.Layout.Scatter(values[next++], section, start);
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
