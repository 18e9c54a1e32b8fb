using System;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Zoo.Generators.Infrastructure;

/// <summary>A model on its way through the stages, or the fault that ended the way.</summary>
/// <param name="Model">Metadata name of the class, by which the diagnostics output finds it again.</param>
/// <param name="Value">The last stage's result; null after a fault.</param>
/// <param name="Fault">What went wrong.</param>
/// <param name="PlantedFault">Stage that tests want to fail, from the option <c>zoo_internal_planted_fault</c>.</param>
public sealed record Staged<T>(string Model, T? Value, Fault? Fault, string? PlantedFault) where T : class
{
    /// <summary>A part of the value.</summary>
    public Staged<TPart> Part<TPart>(Func<T, TPart> part) where TPart : class =>
        new(Model, Value is null ? null : part(Value), Fault, PlantedFault);

    /// <summary>The next stage: an exception in it becomes a fault, since one out of a generator would end all of it.</summary>
    public Staged<TNext> Then<TNext>(string stage, Func<T, TNext> run) where TNext : class
    {
        if (Value is null) return new(Model, null, Fault, PlantedFault);
        try
        {
            if (PlantedFault == stage) throw new InvalidOperationException("A fault was planted here.");
            return new(Model, run(Value), null, PlantedFault);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(Model, null, new Fault(stage, Fault.Describe(exception)), PlantedFault);
        }
    }
}

/// <summary>
/// Stages as named, cached steps. A stage that takes a token is one that Roslyn can end early, when an edit has made its result useless.
/// </summary>
public static class Stages
{
    public static IncrementalValuesProvider<Staged<TNext>> Then<T, TNext>(
        this IncrementalValuesProvider<Staged<T>> source, string stage, Func<T, TNext> run)
        where T : class
        where TNext : class =>
        source.Then(stage, (value, _) => run(value));

    public static IncrementalValuesProvider<Staged<TNext>> Then<T, TNext>(
        this IncrementalValuesProvider<Staged<T>> source, string stage, Func<T, CancellationToken, TNext> run)
        where T : class
        where TNext : class =>
        source.Select((staged, cancellation) => staged.Then(stage, value => run(value, cancellation))).WithTrackingName(stage);

    /// <summary>A stage that also needs to know something of the compilation.</summary>
    public static IncrementalValuesProvider<Staged<TNext>> Then<T, TFact, TNext>(
        this IncrementalValuesProvider<Staged<T>> source, string stage, IncrementalValueProvider<TFact> fact, Func<T, TFact, TNext> run)
        where T : class
        where TNext : class =>
        source.Combine(fact).Select((pair, _) => pair.Left.Then(stage, value => run(value, pair.Right))).WithTrackingName(stage);
}
