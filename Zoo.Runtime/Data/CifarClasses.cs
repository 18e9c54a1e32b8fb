namespace Zoo;

/// <summary>Which of CIFAR's two layouts a file has, and which of its labels to take.</summary>
public enum CifarClasses
{
    /// <summary>CIFAR-10: one byte of label, 0 to 9, before each image.</summary>
    Ten,

    /// <summary>CIFAR-100 by its 20 superclasses: the first of two bytes before each image, 0 to 19.</summary>
    Coarse,

    /// <summary>CIFAR-100 by its 100 classes: the second of two bytes before each image, 0 to 99.</summary>
    Fine,
}
