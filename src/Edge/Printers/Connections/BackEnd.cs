using System.Net;
using System.Text.Json.Nodes;

namespace Dwapi.Edge.Printers.Connections;

/// <summary>How a back end answers over HTTP.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="FaultOf">What one of its refusals means, by status and words.</param>
/// <param name="WordsOf">Its words, out of the body of a refusal; "" for none.</param>
internal sealed record BackEnd(string Name, Func<HttpStatusCode, string, PrinterFault> FaultOf, Func<JsonObject?, string> WordsOf)
{
    /// <summary>False if it closes each connection after its answer without saying so (HTTP/1.1 would have it say <c>Connection: close</c>): then each request gets one of its own.</summary>
    public bool KeepsConnections { get; init; } = true;

    /// <summary>What answers is something else.</summary>
    public PrinterException Stranger(string host) =>
        new(PrinterFault.Malformed, $"what answers at {host} is not {Name}. Check the address and the kind of the printer.");

    /// <summary>What a status means wherever nothing else was agreed upon.</summary>
    public static PrinterFault UsualFault(HttpStatusCode status, string words) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => PrinterFault.Unauthorized,
        HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.InsufficientStorage or HttpStatusCode.UnsupportedMediaType => PrinterFault.NotTaken,
        HttpStatusCode.Conflict => PrinterFault.Busy,
        HttpStatusCode.UnprocessableEntity => PrinterFault.Damaged,
        _ => PrinterFault.Refused,
    };
}
