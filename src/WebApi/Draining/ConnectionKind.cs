namespace Dwapi.WebApi.Draining;

/// <summary>What stays open until one side ends it.</summary>
internal enum ConnectionKind
{
    /// <summary>An application's WebSocket, GotAPI-5.</summary>
    Socket,

    /// <summary>A plug-in's link, GotAPI-4.</summary>
    Link,
}
