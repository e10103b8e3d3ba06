namespace Dwapi.Grains;

/// <summary>Where grains keep their state; the host registers a grain storage provider under this name.</summary>
public static class StateStorage
{
    /// <summary>The storage provider of every grain.</summary>
    public const string Provider = "grains";
}
