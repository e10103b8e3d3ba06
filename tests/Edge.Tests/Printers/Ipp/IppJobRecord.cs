using Dwapi.Edge.Printers.Ipp;

namespace Dwapi.Edge.Tests.Printers.Ipp;

/// <summary>A job inside the fake printer.</summary>
internal sealed class IppJobRecord
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public IppJobState State
    {
        get;
        set => (field, HasBegun) = (value, HasBegun || value == IppJobState.Processing);
    } = IppJobState.PendingHeld;

    /// <summary>It was printed, a part of it at least.</summary>
    public bool HasBegun { get; private set; }

    public string Reason { get; set; } = "job-data-insufficient";

    public string Message { get; set; } = "";

    /// <summary>What its fetch ended with, as job-document-access-errors.</summary>
    public string? AccessError { get; set; }

    /// <summary>The document.</summary>
    public byte[]? Data { get; set; }

    /// <summary>The format that was stated for it.</summary>
    public string Format { get; set; } = "";

    public bool HasEnded => State >= IppJobState.Canceled;
}
