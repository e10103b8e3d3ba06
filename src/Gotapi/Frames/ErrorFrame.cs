namespace Dwapi.Gotapi.Frames;

/// <summary>Last frame of a server before it closes the link.</summary>
/// <param name="ErrorCode">Code of the GotAPI error table.</param>
/// <param name="ErrorMessage">What happened and what to do next.</param>
public sealed record ErrorFrame(int ErrorCode, string ErrorMessage) : LinkFrame;
