namespace Zoo.Runtime;

/// <summary>
/// A complete checkpoint as one safetensors file. Parameters under PyTorch's names and layouts, so that PyTorch reads them; beside them, under
/// <c>state.</c>, moments, hyperparameters, counters and the seed, so that training goes on to the bit.
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
        foreach (var parameter in model.Parameters) writer.Declare(parameter.Name, TensorType.F32, [.. parameter.Shape]);
        foreach (var moment in model.Moments)
        {
            foreach (var parameter in model.Parameters)
                writer.Declare(CheckpointNames.Moment(model, moment, parameter), TensorType.F32, [.. parameter.Shape]);
        }

        foreach (var hyperparameter in model.Hyperparameters) writer.Declare(CheckpointNames.Hyperparameter(hyperparameter), TensorType.F32);
        writer.WriteHeader(
        [
            new("format", CheckpointNames.Format), new("version", CheckpointNames.Version),
            new("model", model.Name), new("variant", model.Variant), new("fingerprint", model.Fingerprint),
        ]);

        writer.Write(state.Seed);
        writer.Write([state.Steps]);
        writer.Write(state.Updates);
        Write(writer, state, state.ReadSection(0));
        foreach (var moment in model.Moments) Write(writer, state, state.ReadSection(moment.Offset));
        foreach (var hyperparameter in model.Hyperparameters) writer.Write([state.Hyperparameters[hyperparameter.Name]]);
    }

    static void Write(SafetensorsWriter writer, ModelState state, ReadOnlySpan<float> section)
    {
        var values = new float[state.Parameters.Select(parameter => parameter.Length).DefaultIfEmpty().Max()];
        foreach (var parameter in state.Parameters)
        {
            var part = values.AsSpan(0, parameter.Length);
            parameter.Layout.Gather(section, part);
            writer.Write(part);
        }
    }
}
