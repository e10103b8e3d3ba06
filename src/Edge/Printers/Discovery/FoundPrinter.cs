namespace Dwapi.Edge.Printers.Discovery;

/// <summary>A printer that announces itself on the network.</summary>
internal sealed record FoundPrinter
{
    /// <summary>Its name, as it says.</summary>
    public required string Name { get; init; }

    /// <summary>What it is driven by, as the setting <c>kind</c> has it.</summary>
    public required string Kind { get; init; }

    /// <summary>Its host.</summary>
    public required string Host { get; init; }

    /// <summary>Where its back end listens.</summary>
    public required string Address { get; init; }

    /// <summary>An id that it could have in the settings.</summary>
    public required string Id { get; init; }

    /// <summary>Whether this edge has a connector for it.</summary>
    public required bool Supported { get; init; }
}
