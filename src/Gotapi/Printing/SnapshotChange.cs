namespace Dwapi.Gotapi.Printing;

/// <summary>How much a snapshot differs from the one before.</summary>
public enum SnapshotChange
{
    /// <summary>Nothing that is told.</summary>
    None = 0,

    /// <summary>Temperatures or progress beyond their thresholds: told once a second at most.</summary>
    Values,

    /// <summary>State, alert, queue or attributes: told at once.</summary>
    State,
}
