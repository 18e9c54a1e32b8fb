namespace Zoo.Runtime;

/// <summary>
/// A complete checkpoint as one safetensors file. Parameters under PyTorch's names and layouts, so that PyTorch reads them; beside them,
/// under <c>state.</c>, moments, hyperparameters, counters and the seed, so that training goes on to the bit.
/// </summary>
internal static class Checkpoint
{
    /// <summary>Writes a checkpoint over whatever is at <paramref name="path"/>, all or nothing.</summary>
    public static void Save(ModelState state, string path)
    {
        state.ThrowIfDisposed();
        AtomicFile.Write(path, stream => Write(state, stream));
        GC.KeepAlive(state);
    }

    static void Write(ModelState state, Stream stream)
    {
        var model = state.Description;
        var writer = new SafetensorsWriter(stream);
        // Eight-byte elements first: then every tensor is aligned to its element, which readers that map the file count on.
        writer.Declare(CheckpointNames.Seed, TensorType.U64);
        writer.Declare(CheckpointNames.Steps, TensorType.I64);
        writer.Declare(CheckpointNames.Updates, TensorType.I64, state.Updates.Length);
        if (HasParts(model)) writer.Declare(CheckpointNames.UpdatesInStep, TensorType.I64, state.UpdatesInStep.Length);
        foreach (var parameter in model.Parameters) writer.Declare(parameter.Name, TensorType.F32, [.. parameter.Shape]);
        foreach (var moment in model.Moments)
        {
            foreach (var parameter in state.Parameters.Where(p => moment.Covers(p.Layout)))
                writer.Declare(CheckpointNames.Moment(model, moment, parameter.Description), TensorType.F32, [.. parameter.Shape]);
        }

        foreach (var hyperparameter in model.Hyperparameters)
            writer.Declare(CheckpointNames.Hyperparameter(hyperparameter), TensorType.F32);
        writer.WriteHeader(
        [
            new("format", CheckpointNames.Format), new("version", CheckpointNames.Version),
            new("model", model.Name), new("variant", model.Variant), new("fingerprint", model.Fingerprint),
            .. model.Options.Select(option => KeyValuePair.Create(CheckpointNames.Option(option.Name), option.Value)),
        ]);

        writer.Write(state.Seed);
        writer.Write([state.Steps]);
        writer.Write(state.Updates);
        if (HasParts(model)) writer.Write(state.UpdatesInStep);
        Write(writer, state.Parameters, state.ReadParameters(), 0);
        foreach (var moment in model.Moments)
            Write(writer, state.Parameters.Where(p => moment.Covers(p.Layout)), state.Read(moment), moment.Start);
        foreach (var hyperparameter in model.Hyperparameters) writer.Write([state.Hyperparameters[hyperparameter.Name]]);
    }

    /// <summary>Whether a step has parts, between which a checkpoint may be written.</summary>
    public static bool HasParts(ModelDescription model) => model.Phases.Length > 1;

    static void Write(SafetensorsWriter writer, IEnumerable<Parameter> parameters, ReadOnlySpan<float> section, int start)
    {
        foreach (var parameter in parameters)
        {
            var values = new float[parameter.Length];
            parameter.Layout.Gather(section, values, start);
            writer.Write(values);
        }
    }
}
