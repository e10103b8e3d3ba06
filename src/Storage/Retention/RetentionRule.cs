namespace Dwapi.Storage.Retention;

/// <summary>How long some rows of a tenant are kept.</summary>
/// <param name="Attribute">Their attribute.</param>
/// <param name="Continuous">True: its continuous values; false: the others; null: all.</param>
/// <param name="Keep">Above zero.</param>
internal readonly record struct RetentionRule(string Attribute, bool? Continuous, TimeSpan Keep)
{
    /// <summary>As its setting is named.</summary>
    public string Name => Continuous == true ? Attribute + RetentionOptions.Continuous : Attribute;
}
