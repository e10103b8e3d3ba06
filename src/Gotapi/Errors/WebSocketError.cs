namespace Dwapi.Gotapi.Errors;

/// <summary>One row of the GotAPI-5 handshake errors, a table apart from the GotAPI codes.</summary>
/// <param name="Code">1 to 5.</param>
/// <param name="Name">Name of the code.</param>
/// <param name="Message">What happened and what to do next.</param>
public sealed record WebSocketError(int Code, string Name, string Message);
