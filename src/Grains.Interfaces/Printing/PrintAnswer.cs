namespace Dwapi.Grains.Printing;

/// <summary>Answer to a printing command.</summary>
/// <param name="ErrorCode">0, or a code of the GotAPI error table.</param>
/// <param name="ErrorMessage">Why, and what to do; "" for success.</param>
/// <param name="JobId">The job; "" when the command is about none.</param>
/// <param name="Queue">The queue as a UTF-8 JSON array; empty with an error.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.PrintAnswer")]
public sealed record PrintAnswer(
    [property: Id(0)] int ErrorCode,
    [property: Id(1)] string ErrorMessage,
    [property: Id(2)] string JobId,
    [property: Id(3)] ReadOnlyMemory<byte> Queue);
