namespace Zoo;

/// <summary>What every variant takes. Arrays are shapes of one example, channels first. All values are compile-time constants.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class ModelAttributeBase : Attribute
{
    /// <summary>
    /// Shape of one example: <c>[784]</c>, or <c>[1, 28, 28]</c> as channels, height, width. Required; every axis at least 1.
    /// </summary>
    public int[] Input { get; set; } = [];

    /// <summary>Examples in a training batch, from 1 to 1,048,576; required. Inference takes any number of rows.</summary>
    public int Batch { get; set; }
}
