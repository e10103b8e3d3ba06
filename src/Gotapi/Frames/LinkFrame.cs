namespace Dwapi.Gotapi.Frames;

/// <summary>A frame of the plug-in link: one WebSocket text message, a JSON object whose first member is <c>method</c>.</summary>
public abstract record LinkFrame;
