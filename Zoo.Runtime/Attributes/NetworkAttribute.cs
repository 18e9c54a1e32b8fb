namespace Zoo;

/// <summary>
/// A static method that owns its parameters: every call shares them. The fixed network names of a variant (<c>Encoder</c>, <c>Decoder</c>,
/// …) imply it.
/// Any other static method is a helper, inlined, and each call makes new layers in the network that calls it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkAttribute : Attribute;
