using System.CommandLine;
using Zoo.Samples.Training;

namespace Zoo.Samples.CommandLine;

/// <summary>What may be done to training images, afresh in every epoch. Test images stay as they are.</summary>
internal sealed class AugmentationOptions
{
    readonly Option<bool> flipOption = new("--flip") { Description = "Mirror every second training image, by chance, from left to right." };
    readonly Option<int?> cropOption = new Option<int?>("--crop")
    {
        Description = "Move training images by up to N pixels in each direction, by chance; what comes in is black.", HelpName = "N",
    }.Within(1, 1_000);
    readonly Option<bool> dequantiseOption = new("--dequantise")
    {
        Description = "Add to every pixel of training images a draw below one of its 256 levels, as a density wants it (a Gaussian "
            + "likelihood).",
    };
    readonly Option<bool> binariseOption = new("--binarise")
    {
        Description = "Make every pixel of training images 1 with a probability of its value, else 0, drawn afresh in every epoch.",
    };

    public IEnumerable<Option> All => [flipOption, cropOption, dequantiseOption, binariseOption];

    /// <summary>What is asked for, or null where that is nothing.</summary>
    /// <exception cref="CommandException">Something is, and the recipe has no images to do it to.</exception>
    public Augmentation? Of(ParseResult arguments, Recipe recipe)
    {
        var augmentation = new Augmentation
        {
            HorizontalFlip = arguments.GetValue(flipOption), CropPadding = arguments.GetValue(cropOption) ?? 0,
            Dequantise = arguments.GetValue(dequantiseOption), Binarise = arguments.GetValue(binariseOption),
        };
        if (augmentation == new Augmentation()) return null;
        return recipe.AugmentsImages
            ? augmentation
            : throw new CommandException(
                $"--flip, --crop, --dequantise, --binarise: these change batches of images, on which {recipe.Name} is not trained.");
    }
}
