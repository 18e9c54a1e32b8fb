using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Zoo.Runtime;
using Zoo.Tests.Samples;

namespace Zoo.Tests.Gpu;

/// <summary>
/// A machine without a GPU: whoever asks for one is told that there is none, what was looked for, what was found instead and what to
/// install.
/// </summary>
public sealed class NoGpuTests
{
    [NoGpuFact]
    public void TheBestOneIsExplained() => Explained(Assert.Throws<NotSupportedException>(Device.BestGpu).Message);

    /// <summary>What a program does that makes a context itself, and what ILGPU's documents show.</summary>
    [NoGpuFact]
    public void WhatAContextHasInstead()
    {
        foreach (var configure in (Action<Context.Builder>[])[b => b.Cuda().OpenCL().CPU(), b => b.Default(), b => b.AllAccelerators(),
            b => b.CPU(CPUDeviceKind.Default), b => b.CPU(new CPUDevice(8, 8, 1))])
        {
            using var context = Context.Create(configure);
            using var accelerator = context.GetPreferredDevice(preferCPU: false).CreateAccelerator(context);
            Assert.Equal(AcceleratorType.CPU, accelerator.AcceleratorType);
            var refused = Assert.Throws<NotSupportedException>(() => Device.Gpu(accelerator)).Message;
            Assert.StartsWith($"'{accelerator.Name}' is ILGPU's simulator on the processor", refused);
            Explained(refused);
        }
    }

    /// <summary>A simulator that was made on purpose runs kernels, and checks their accesses.</summary>
    [Fact]
    public void ASimulatorOfAGpusSizeIsNoMistake()
    {
        using var context = Context.Create(builder => builder.CPU(new CPUDevice(32, 8, 1)));
        using var accelerator = context.CreateCPUAccelerator(0);
        using var device = Device.Gpu(accelerator);
        Assert.True(device.IsGpu);
        Assert.Contains("(CPU)", device.ToString());
    }

    [Fact]
    public void DriversAreLookedForUnderTheNamesTheyAreInstalledBy()
    {
        GpuDrivers.Register();
        GpuDrivers.Register();
        if (!OperatingSystem.IsLinux()) return;
        Assert.Contains("libOpenCL.so.1", DriverLibrary.OpenCl.Names);
        Assert.Contains("libcuda.so.1", DriverLibrary.Cuda.Names);
    }

    /// <summary>A machine with the library alone, as PoCL's packages leave it: ILGPU asks for libOpenCL.so, which is not there.</summary>
    [PoclInstalledFact]
    public void DevicesAreSeenThroughTheLibraryAlone()
    {
        GpuDrivers.Register();
        var seen = 0;
        CLDevice.GetDevices(_ =>
        {
            seen++;
            return false;
        });
        Assert.NotEqual(0, seen);
    }

    [Fact]
    public void ADeviceSaysWhatItIs()
    {
        using var one = Device.CpuWith(1, VectorWidth.Scalar);
        using var two = Device.CpuWith(2, VectorWidth.Bits256);
        Assert.Equal(("1 thread, scalar", "2 threads, 256-bit vectors"), (one.ToString(), two.ToString()));
    }

    /// <summary>
    /// Skipped where PoCL is not installed, and not where it is and cannot be found, as a <see cref="PoclFactAttribute"/> would be.
    /// </summary>
    sealed class PoclInstalledFactAttribute : FactAttribute
    {
        public PoclInstalledFactAttribute() =>
            Skip = File.Exists("/etc/OpenCL/vendors/pocl.icd") && NativeLibrary.TryLoad("libOpenCL.so.1", out _)
                ? null
                : "PoCL is not installed.";
    }

    static void Explained(string message)
    {
        Assert.Contains("No GPU can be used here.\n  CUDA", message);
        Assert.Contains("\n  OpenCL", message);
        Assert.Contains("Install NVIDIA's driver for CUDA", message);
        if (OperatingSystem.IsLinux()) Assert.Contains("libOpenCL.so.1", message);
    }
}
