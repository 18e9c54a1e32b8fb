namespace Zoo.Generators.Graphs;

/// <summary>The law of a draw.</summary>
public enum DrawKind { Normal, Uniform }
