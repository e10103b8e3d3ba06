namespace Dwapi.Gotapi.Frames;

/// <summary>An item that the server will never take; the edge puts it aside.</summary>
/// <param name="Sequence">The edge's sequence.</param>
/// <param name="ErrorCode">Code of the GotAPI error table.</param>
/// <param name="ErrorMessage">Why, without values.</param>
public sealed record RefusedItem(long Sequence, int ErrorCode, string ErrorMessage);
