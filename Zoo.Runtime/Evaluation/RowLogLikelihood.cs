namespace Zoo;

/// <summary>
/// log p̂(x) of each row from so many importance samples, as the member <c>LogLikelihood</c> of a generated class has it: pass
/// <c>vae.LogLikelihood</c>. Rows must have draws of their own, so that one example given twice has two independent estimates.
/// </summary>
/// <param name="x">Examples, one after the other.</param>
/// <param name="samples">Importance samples of each row.</param>
/// <param name="perRow">Receives nats, one for each example.</param>
/// <returns>Their mean; not looked at.</returns>
public delegate double RowLogLikelihood(ReadOnlySpan<float> x, int samples, Span<double> perRow);

/// <summary>
/// log p̂(x|y) of each row, as the member <c>LogLikelihood</c> of a class with labels (<typeparamref name="T"/> is <see cref="int"/>) or
/// with a condition (<see cref="float"/>) has it. As <see cref="RowLogLikelihood"/> otherwise.
/// </summary>
/// <typeparam name="T">What is given with an example.</typeparam>
/// <param name="x">Examples, one after the other.</param>
/// <param name="given">A label or a condition for each.</param>
/// <param name="samples">Importance samples of each row.</param>
/// <param name="perRow">Receives nats, one for each example.</param>
/// <returns>Their mean; not looked at.</returns>
public delegate double RowLogLikelihood<T>(ReadOnlySpan<float> x, ReadOnlySpan<T> given, int samples, Span<double> perRow);
