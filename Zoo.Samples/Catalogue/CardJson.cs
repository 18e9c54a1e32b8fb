using System.Text.Json;

namespace Zoo.Samples.Catalogue;

/// <summary>Cards for programs.</summary>
internal static class CardJson
{
    /// <summary>An object with all that a card has, and what the model can do in the words of the command line.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="card">The card.</param>
    /// <param name="isWhole">Whether its layers and its structure are among that.</param>
    public static void Write(Utf8JsonWriter json, ModelCard card, bool isWhole)
    {
        json.WriteStartObject();
        json.WriteString("name", card.Name);
        json.WriteString("variant", card.Variant);
        json.WriteString("summary", card.Summary);
        Numbers("input", card.Input);
        json.WriteNumber("batch_size", card.BatchSize);
        json.WriteNumber("classes", card.Classes);
        json.WriteNumber("condition", card.Condition);
        json.WriteNumber("parameters", card.Parameters);
        json.WriteNumber("flops_per_step", card.FlopsPerStep);
        json.WriteNumber("state_bytes", card.StateBytes);
        json.WriteNumber("activation_bytes", card.ActivationBytes);
        json.WriteStartArray("can");
        foreach (var ability in CardText.Abilities(card)) json.WriteStringValue(ability);
        json.WriteEndArray();
        json.WriteStartArray("capabilities");
        foreach (var capability in card.Capabilities)
        {
            json.WriteStartObject();
            json.WriteString("name", JsonNamingPolicy.SnakeCaseLower.ConvertName(capability.Capability.ToString()));
            json.WriteNumber("size", capability.Size);
            json.WriteNumber("classes", capability.Classes);
            json.WriteNumber("condition", capability.Condition);
            json.WriteNumber("rows", capability.Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (isWhole)
        {
            json.WriteStartArray("layers");
            foreach (var layer in card.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteString("kind", layer.Kind);
                Numbers("input", layer.Input);
                Numbers("output", layer.Output);
                json.WriteNumber("parameters", layer.Parameters);
                json.WriteNumber("flops_per_example", layer.FlopsPerExample);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("structure");
            foreach (var program in card.Structure) Structure(program);
            json.WriteEndArray();
        }
        json.WriteEndObject();

        void Structure(ProgramStructure program)
        {
            json.WriteStartObject();
            json.WriteString("name", program.Name);
            json.WriteBoolean("is_training", program.IsTraining);
            Texts("trains", program.Trains);
            json.WriteString("minimises", program.Minimises);
            json.WriteStartArray("nodes");
            foreach (var node in program.Nodes)
            {
                json.WriteStartObject();
                json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(node.Kind.ToString()));
                json.WriteString("name", node.Name);
                json.WriteString("detail", node.Detail);
                Texts("inputs", node.Inputs);
                Texts("gradients", node.Gradients);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        void Texts(string name, IReadOnlyList<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }

        void Numbers(string name, IReadOnlyList<int> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteNumberValue(value);
            json.WriteEndArray();
        }
    }
}
