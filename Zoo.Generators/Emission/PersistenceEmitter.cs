using Zoo.Generators.Variants;

namespace Zoo.Generators.Emission;

/// <summary>Prints how a model is saved and loaded.</summary>
static class PersistenceEmitter
{
    public static void Write(CodeWriter w, Surface surface, string model) => w.Line($$"""
        /// <inheritdoc/>
        {{surface.Modifiers(surface.Save)}} void Save(string path) => zooEngine.Save(path);

        /// <summary>Reads a checkpoint that <see cref="Save(string)"/> wrote, or parameters alone under the same names.</summary>
        /// <param name="path">A safetensors file.</param>
        /// <param name="device">Where the model runs; <see cref="global::Zoo.Device.Cpu"/> where null.</param>
        /// <exception cref="global::Zoo.CheckpointException">
        /// The file is damaged or of another model; the message says what was expected and what came.
        /// </exception>
        /// <exception cref="global::System.IO.IOException">The file cannot be read.</exception>
        public static {{model}} Load(string path, global::Zoo.Device? device = null) =>
            Load(path, new global::Zoo.CheckpointOptions(), out _, device);

        /// <summary>Reads a file of another program: other names, prefixes, tensors that are missing or extra.</summary>
        /// <param name="path">A safetensors file.</param>
        /// <param name="options">What its tensors are called, and what may be missing, extra or no number.</param>
        /// <param name="device">Where the model runs; <see cref="global::Zoo.Device.Cpu"/> where null.</param>
        /// <exception cref="global::Zoo.CheckpointException">
        /// The file is damaged or does not fit; the message says what was expected and what came.
        /// </exception>
        /// <exception cref="global::System.IO.IOException">The file cannot be read.</exception>
        public static {{model}} Load(string path, global::Zoo.CheckpointOptions options, global::Zoo.Device? device = null) =>
            Load(path, options, out _, device);

        /// <summary>Reads a file of another program, and says what was taken of it.</summary>
        /// <param name="path">A safetensors file.</param>
        /// <param name="options">What its tensors are called, and what may be missing, extra or no number.</param>
        /// <param name="report">What was taken, missing and ignored.</param>
        /// <param name="device">Where the model runs; <see cref="global::Zoo.Device.Cpu"/> where null.</param>
        /// <exception cref="global::Zoo.CheckpointException">
        /// The file is damaged or does not fit; the message says what was expected and what came.
        /// </exception>
        /// <exception cref="global::System.IO.IOException">The file cannot be read.</exception>
        public static {{model}} Load(
            string path, global::Zoo.CheckpointOptions options, out global::Zoo.CheckpointReport report,
            global::Zoo.Device? device = null)
        {
            var model = new {{model}}(0UL, device);
            try
            {
                report = model.zooEngine.State.Load(path, options);
                return model;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }

        """);
}
