using System.Runtime.InteropServices;

namespace Zoo.Benchmarks.Limits;

/// <summary>
/// oneDNN 2's convolutions (Debian's libdnnl2), where the library is installed, in layouts of its own choice: what a convolution takes
/// that is never asked to lie as anybody else wants it. Descriptions are structs of the library's, which are opaque here: more memory than
/// any has.
/// </summary>
sealed unsafe class OneDnn
{
    const int Cpu = 1, InOrder = 1, Float32 = 3, AnyTag = 1;
    const int ForwardTraining = 64, Direct = 1;
    const int DescriptionBytes = 16 * 1024;

    readonly nint library, engine, stream;
    readonly delegate* unmanaged<int, void> setThreads;

    OneDnn(nint library, nint openMp)
    {
        this.library = library;
        setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(openMp, "omp_set_num_threads");
        nint made;
        Check(((delegate* unmanaged<nint*, int, nuint, int>)Export("dnnl_engine_create"))(&made, Cpu, 0), "dnnl_engine_create");
        engine = made;
        Check(((delegate* unmanaged<nint*, nint, uint, int>)Export("dnnl_stream_create"))(&made, engine, InOrder), "dnnl_stream_create");
        stream = made;
    }

    /// <summary>The library, or null where there is none.</summary>
    public static OneDnn? Load() =>
        NativeLibrary.TryLoad("libdnnl.so.2", out var library) && NativeLibrary.TryLoad("libgomp.so.1", out var openMp)
            ? new OneDnn(library, openMp)
            : null;

    public void Threads(int count) => setThreads(count);

    /// <summary>A pass over a convolution, its memory with it; it lives as long as the process, as all that the library holds.</summary>
    public Action Prepare(ConvolutionShape shape)
    {
        var geometry = shape.Geometry;
        var image = Description(shape.Images, shape.Channels, shape.Side, shape.Side);
        var weight = Description(shape.Outputs, shape.Channels, shape.Kernel, shape.Kernel);
        var outputs = Description(shape.Images, shape.Outputs, geometry.WindowRows, geometry.WindowColumns);
        var strides = stackalloc long[2] { shape.Stride, shape.Stride };
        var padding = stackalloc long[2] { shape.Padding, shape.Padding };
        var operation = (byte*)NativeMemory.AllocZeroed(DescriptionBytes);
        Check(((delegate* unmanaged<byte*, int, int, byte*, byte*, byte*, byte*, long*, long*, long*, int>)
            Export("dnnl_convolution_forward_desc_init"))(
                operation, ForwardTraining, Direct, image, weight, null, outputs, strides, padding, padding),
            "dnnl_convolution_forward_desc_init");
        var primitive = PrimitiveDescription(operation, 0);
        if (shape.Pass != ConvolutionPass.ToWindows)
        {
            var forward = primitive;
            Check(shape.Pass == ConvolutionPass.ToImage
                    ? ((delegate* unmanaged<byte*, int, byte*, byte*, byte*, long*, long*, long*, int>)
                        Export("dnnl_convolution_backward_data_desc_init"))(
                            operation, Direct, image, weight, outputs, strides, padding, padding)
                    : ((delegate* unmanaged<byte*, int, byte*, byte*, byte*, byte*, long*, long*, long*, int>)
                        Export("dnnl_convolution_backward_weights_desc_init"))(
                            operation, Direct, image, weight, null, outputs, strides, padding, padding),
                $"the description of {shape}");
            primitive = PrimitiveDescription(operation, forward);
        }
        nint made;
        Check(((delegate* unmanaged<nint*, nint, int>)Export("dnnl_primitive_create"))(&made, primitive), "dnnl_primitive_create");
        var run = made;
        var arguments = (Argument*)NativeMemory.Alloc(3, (nuint)sizeof(Argument));
        // Queries and arguments of: image, weight, outputs; each as itself or as what is differentiated by.
        var (ofImage, ofWeight, ofOutputs) = shape.Pass switch
        {
            ConvolutionPass.ToWindows => ((129, 1), (131, 33), (133, 17)),
            ConvolutionPass.ToImage => ((130, 129), (131, 33), (134, 145)),
            _ => ((129, 1), (132, 161), (134, 145)),
        };
        arguments[0] = Allocate(primitive, ofImage);
        arguments[1] = Allocate(primitive, ofWeight);
        arguments[2] = Allocate(primitive, ofOutputs);
        var execute = (delegate* unmanaged<nint, nint, int, Argument*, int>)Export("dnnl_primitive_execute");
        var wait = (delegate* unmanaged<nint, int>)Export("dnnl_stream_wait");
        return () =>
        {
            Check(execute(run, stream, 3, arguments), "dnnl_primitive_execute");
            Check(wait(stream), "dnnl_stream_wait");
        };
    }

    byte* Description(params ReadOnlySpan<long> sizes)
    {
        var description = (byte*)NativeMemory.AllocZeroed(DescriptionBytes);
        var initialise = (delegate* unmanaged<byte*, int, long*, int, int, int>)Export("dnnl_memory_desc_init_by_tag");
        fixed (long* first = sizes)
            Check(initialise(description, sizes.Length, first, Float32, AnyTag), "dnnl_memory_desc_init_by_tag");
        return description;
    }

    nint PrimitiveDescription(byte* operation, nint forward)
    {
        nint made;
        Check(((delegate* unmanaged<nint*, byte*, nint, nint, nint, int>)Export("dnnl_primitive_desc_create"))(
            &made, operation, 0, engine, forward), "dnnl_primitive_desc_create");
        return made;
    }

    Argument Allocate(nint primitive, (int Query, int Argument) of)
    {
        var description = ((delegate* unmanaged<nint, int, int, byte*>)Export("dnnl_primitive_desc_query_md"))(primitive, of.Query, 0);
        var bytes = ((delegate* unmanaged<byte*, nuint>)Export("dnnl_memory_desc_get_size"))(description);
        var numbers = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        var random = new Random(1);
        for (nuint i = 0; i < bytes / sizeof(float); i++) numbers[i] = random.NextSingle() - 0.5f;
        nint made;
        Check(((delegate* unmanaged<nint*, byte*, nint, float*, int>)Export("dnnl_memory_create"))(&made, description, engine, numbers),
            "dnnl_memory_create");
        return new(of.Argument, made);
    }

    nint Export(string name) => NativeLibrary.GetExport(library, name);

    static void Check(int status, string what)
    {
        if (status != 0) throw new InvalidOperationException($"oneDNN: {what} answered {status}.");
    }

    readonly record struct Argument(int Kind, nint Memory);
}
