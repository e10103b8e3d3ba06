namespace Dwapi.Edge.Outbox;

/// <summary>How a device is announced to the server.</summary>
/// <param name="ServiceId">Its service.</param>
/// <param name="Announcement">A SERVICES frame with this one service.</param>
internal sealed record OutboxDescription(string ServiceId, byte[] Announcement);
