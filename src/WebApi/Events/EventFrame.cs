namespace Dwapi.WebApi.Events;

/// <summary>
/// One event as bytes, built once and shared by every socket that gets it: the JSON object up to its closing brace. What differs from
/// monitor to monitor (gap, hmac) is put behind it when it is sent.
/// </summary>
/// <param name="Body">The object without its closing brace.</param>
/// <param name="Sequence">Sequence of the event; 0 for one that has none (intermediate).</param>
internal sealed record EventFrame(byte[] Body, long Sequence);
