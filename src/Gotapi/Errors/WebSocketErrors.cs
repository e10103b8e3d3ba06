using System.Collections.Immutable;

namespace Dwapi.Gotapi.Errors;

/// <summary>The one table of GotAPI-5 handshake errors (gotapi-1.1 section 7). The server answers, then closes.</summary>
public static class WebSocketErrors
{
    /// <summary>1: accessToken missing.</summary>
    public static readonly WebSocketError MissingAccessToken = new(1, "MISSING_ACCESS_TOKEN",
        "The first frame carries no accessToken. Connect again and send {\"accessToken\":\"...\"}.");

    /// <summary>2: origin missing.</summary>
    public static readonly WebSocketError MissingOrigin = new(2, "MISSING_ORIGIN",
        "The upgrade carries no origin. Send Origin, or X-GotAPI-Origin from a native application.");

    /// <summary>3: token invalid, or issued to another origin.</summary>
    public static readonly WebSocketError InvalidAccessToken = new(3, "INVALID_ACCESS_TOKEN",
        "The access token is not valid for this origin. Run authorization/grant and authorization/accessToken again.");

    /// <summary>4: this client already has a live connection.</summary>
    public static readonly WebSocketError AlreadyConnected = new(4, "ALREADY_CONNECTED",
        "This client already has a connection. Close it first.");

    /// <summary>5: frame not parseable.</summary>
    public static readonly WebSocketError NotParseable = new(5, "NOT_PARSEABLE",
        "The first frame is not JSON. Connect again and send {\"accessToken\":\"...\"}.");

    /// <summary>The whole table.</summary>
    public static readonly ImmutableArray<WebSocketError> All =
        [MissingAccessToken, MissingOrigin, InvalidAccessToken, AlreadyConnected, NotParseable];
}
