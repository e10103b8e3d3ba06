namespace Dwapi.Grains.Applications;

/// <summary>What an application grain keeps.</summary>
[GenerateSerializer, Alias("Dwapi.ApplicationState")]
internal sealed class ApplicationState
{
    /// <summary>The clients by id.</summary>
    [Id(0)]
    public Dictionary<string, ClientStatus> Clients { get; set; } = [];

    /// <summary>The origin's own key.</summary>
    [Id(1)]
    public HmacKey? OriginKey { get; set; }
}
