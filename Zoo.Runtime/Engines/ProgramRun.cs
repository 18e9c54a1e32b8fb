namespace Zoo.Runtime;

/// <summary>What one run of a program is for, beside its data: every draw is a function of this.</summary>
/// <param name="Rows">Rows of the run.</param>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Step">Step of the draws.</param>
/// <param name="Iteration">Iteration of the draws within the step.</param>
/// <param name="FirstRow">Ordinal of the first row among the rows of the call.</param>
/// <param name="CallRows">Rows of the call, which one run may have a part of; 0 where it has all.</param>
public readonly record struct ProgramRun(int Rows, ulong Seed, long Step, int Iteration, long FirstRow, int CallRows = 0);
