using System.Globalization;

namespace Zoo.Samples.Experiments;

/// <summary>Size and hyperparameters of a model in a line: with another declaration, a kept result is another's.</summary>
internal static class ModelSettings
{
    public static string Of(IGenerativeModel model, ModelCard card)
    {
        var values = model.Hyperparameters;
        return string.Join(' ', values.Names.Select(name => string.Create(CultureInfo.InvariantCulture, $"{name}={values[name]}"))
            .Prepend(string.Create(CultureInfo.InvariantCulture, $"parameters={card.Parameters}")));
    }
}
