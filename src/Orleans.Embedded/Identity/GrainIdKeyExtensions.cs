using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys that are numbers or GUIDs, with or without an extension after a plus sign.</summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of a number: upper-case hexadecimal.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    /// <summary>The key of a number with an extension; a blank extension counts as none.</summary>
    public static IdSpan CreateIntegerKey(long key, string? keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension)
            ? CreateIntegerKey(key)
            : IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture) + "+" + keyExtension);

    /// <summary>The key of a GUID: 32 lower-case digits.</summary>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>The key of a GUID with an extension; a blank extension counts as none.</summary>
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension) ? CreateGuidKey(key) : IdSpan.Create(key.ToString("N") + "+" + keyExtension);

    /// <summary>Reads a key that was made of a number.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    /// <summary>Reads a key that was made of a number.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt) ? key : throw NotThatKind(grainId, "integer");

    /// <summary>Reads a key that was made of a number.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    /// <summary>Reads a key that was made of a GUID.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = Split(grainId, out keyExt);
        return Guid.TryParseExact(text, "N", out key);
    }

    /// <summary>Reads a key that was made of a GUID.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt) ? key : throw NotThatKind(grainId, "GUID");

    /// <summary>Reads a key that was made of a GUID.</summary>
    /// <exception cref="ArgumentException">It was not.</exception>
    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    private static ReadOnlySpan<char> Split(GrainId grainId, out string? extension)
    {
        var text = grainId.Key.ToString();
        var plus = text.IndexOf('+');
        extension = plus < 0 ? null : text[(plus + 1)..];
        return plus < 0 ? text : text.AsSpan(0, plus);
    }

    private static ArgumentException NotThatKind(GrainId grainId, string kind) =>
        new($"The key of {grainId} is no {kind}.", nameof(grainId));
}
