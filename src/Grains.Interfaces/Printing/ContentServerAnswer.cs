namespace Dwapi.Grains.Printing;

/// <summary>What an application learns of a content server.</summary>
/// <param name="ErrorCode">0, or a code of the GotAPI error table.</param>
/// <param name="ErrorMessage">Why, and what to do.</param>
/// <param name="Entry">Its entry of <c>contentserver</c>, UTF-8 JSON; it carries the application's token and is not kept.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ContentServerAnswer")]
public sealed record ContentServerAnswer(
    [property: Id(0)] int ErrorCode,
    [property: Id(1)] string ErrorMessage,
    [property: Id(2)] ReadOnlyMemory<byte> Entry);
