namespace Zoo;

/// <summary>A model class that can be loaded and described without an instance.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface IGenerativeModel<TSelf> : IGenerativeModel where TSelf : IGenerativeModel<TSelf>
{
    /// <summary>
    /// A model from a file: a checkpoint that <see cref="IGenerativeModel.Save"/> wrote, or a safetensors file with its parameters alone.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where it runs; <see cref="Device.Cpu"/> where null.</param>
    /// <exception cref="CheckpointException">The file is truncated, corrupt, or of another model; the message lists what was expected and
    /// what came.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    static abstract TSelf Load(string path, Device? device = null);

    /// <summary>Layers, parameters, work and memory of the class.</summary>
    static abstract ModelCard Card { get; }
}
