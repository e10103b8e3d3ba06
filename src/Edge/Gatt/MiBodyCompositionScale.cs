namespace Dwapi.Edge.Gatt;

/// <summary>
/// The Mi Body Composition Scale 2 sends a private layout under the standard's number: u16 flags, time stamp, u16 impedance, u16
/// weight, no body fat. Read as the standard layout it gives wrong numbers of a patient, so it is recognised and refused.
/// </summary>
internal static class MiBodyCompositionScale
{
    private const int Length = 13;

    /// <summary>
    /// True for 13 bytes with a date where the standard has body fat and what follows. A year from 2000 on would be a body fat of
    /// 200 % and more, so no standard payload looks like this.
    /// </summary>
    public static bool IsItsLayout(ReadOnlySpan<byte> payload) =>
        payload.Length == Length
        && GattDateTime.TryDecode(payload[2..], out var time, out _)
        && time.Year is >= 2000 and < 2200
        && time.TryGetDateTime(out _);
}
