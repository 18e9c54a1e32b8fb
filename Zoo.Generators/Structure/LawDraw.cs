using Zoo.Generators.Graphs;

namespace Zoo.Generators.Structure;

/// <summary>
/// A draw from a law that depends on values: structures show it, and not the uniform or normal numbers that it is made of.
/// </summary>
/// <param name="Name">What is drawn: <c>h</c>.</param>
/// <param name="Law">Its law: <c>p(h|v)</c>.</param>
/// <param name="Given">What the law depends on.</param>
public sealed record LawDraw(string Name, string Law, Node Given);
