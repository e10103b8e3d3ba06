namespace Dwapi.Gotapi.Frames;

/// <summary>One event in the shape of the health texts (5.3.5), as plug-ins of others send it.</summary>
public sealed record EventFrame : LinkFrame
{
    /// <summary>Code of the request that asked for it, if the plug-in repeats it.</summary>
    public int? RequestCode { get; init; }

    /// <summary>0 for success.</summary>
    public int Result { get; init; }

    /// <summary>Whose event.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Its profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Its interface, if the profile has any.</summary>
    public string? Interface { get; init; }

    /// <summary>Its attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>The plug-in's token of the application, if the plug-in asks for approval.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Sequence of a plug-in with an outbox; without one the event is live and stored all the same.</summary>
    public long? Sequence { get; init; }

    /// <summary>True for an unstable value while measuring: an event, never latest, never history (DECISIONS 18).</summary>
    public bool Intermediate { get; init; }

    /// <summary>As <see cref="EventItem.Continuous"/>.</summary>
    public bool Continuous { get; init; }

    /// <summary>All other members as one JSON object; a health event has the member named by its attribute here.</summary>
    public ReadOnlyMemory<byte> Members { get; init; }

    /// <summary>The record without token and values: what a log may show.</summary>
    public override string ToString() => $"EVENT {ServiceId} {Profile}/{Attribute}";
}
