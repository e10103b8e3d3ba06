namespace Dwapi.Grains.Printing;

/// <summary>Asks for the token of one job's download.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Printer">System id of the printer.</param>
/// <param name="Uri">The content.</param>
/// <param name="SecureToken">The application's token, to be exchanged; "" for the server's own login.</param>
/// <param name="Device">What the printer is: the device object's members, UTF-8 JSON without the outer braces; empty when that is not known.</param>
[GenerateSerializer, Immutable, Alias("Dwapi.ContentRequest")]
public sealed record ContentRequest(
    [property: Id(0)] string JobId,
    [property: Id(1)] string Printer,
    [property: Id(2)] string Uri,
    [property: Id(3)] string SecureToken,
    [property: Id(4)] ReadOnlyMemory<byte> Device);
