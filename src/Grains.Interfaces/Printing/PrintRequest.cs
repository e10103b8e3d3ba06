namespace Dwapi.Grains.Printing;

/// <summary>An order to print, as the door checked it.</summary>
/// <param name="ServiceId">The printer.</param>
/// <param name="Origin">The application that orders.</param>
/// <param name="Uri">The content, without any token.</param>
/// <param name="FileName">Name of the file, "" to take it from the URI.</param>
/// <param name="Sha256">SHA-256 that the file must have, lower-case hex; "" for none.</param>
/// <param name="Slicer">Profile of the slicer; "" for the printer's own.</param>
/// <param name="ContentServerId">The content server; "" for the one whose address the URI has.</param>
/// <param name="SecureToken">The application's token for listing and choosing, sealed; empty for none.</param>
/// <param name="Hold">True to wait in the queue until a person lets it go.</param>
/// <param name="Priority">Higher ones go first.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PrintRequest")]
public sealed record PrintRequest(
    [property: Id(0)] string ServiceId,
    [property: Id(1)] string Origin,
    [property: Id(2)] string Uri,
    [property: Id(3)] string FileName,
    [property: Id(4)] string Sha256,
    [property: Id(5)] string Slicer,
    [property: Id(6)] string ContentServerId,
    [property: Id(7)] ReadOnlyMemory<byte> SecureToken,
    [property: Id(8)] bool Hold,
    [property: Id(9)] int Priority);
