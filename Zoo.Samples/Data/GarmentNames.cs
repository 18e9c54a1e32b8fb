namespace Zoo.Samples.Data;

/// <summary>The ten classes of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, table 2).</summary>
internal static class GarmentNames
{
    public static IReadOnlyList<string> All { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
}
