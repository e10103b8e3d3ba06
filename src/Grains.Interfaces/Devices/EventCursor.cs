using System.Globalization;

namespace Dwapi.Grains.Devices;

/// <summary>
/// Where a GotAPI-5 client stands: the store's epoch and a sequence (DECISIONS 9). Text form <c>epoch.sequence</c>; opaque to clients.
/// </summary>
/// <param name="Epoch">Epoch of the store; a store that was made anew has another one. Letters and digits only.</param>
/// <param name="Sequence">Sequence of the last event that the client has.</param>
public readonly record struct EventCursor(string Epoch, long Sequence)
{
    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Sequence}");

    /// <summary>Reads the text form; false when it is not one (error 10).</summary>
    public static bool TryParse(string text, out EventCursor cursor)
    {
        var dot = text.LastIndexOf('.');
        if (dot > 0 && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            cursor = new EventCursor(text[..dot], sequence);
            return true;
        }

        cursor = default;
        return false;
    }
}
