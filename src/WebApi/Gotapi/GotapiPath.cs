using Dwapi.Gotapi.Errors;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// A path of GotAPI-1 (gotapi-1.1 section 2): <c>/gotapi[/VERB]/PROFILE[[/INTERFACE]/ATTRIBUTE]</c>. Written by hand, because the order
/// of checks begins with the shape of the path and a router would answer 404 before.
/// </summary>
internal readonly struct GotapiPath
{
    private const string Root = "gotapi";

    // The override verb, profile, interface, attribute.
    private const int MostSegments = 4;

    private readonly string _text;
    private readonly (int Start, int Length) _profile;
    private readonly (int Start, int Length) _interface;
    private readonly (int Start, int Length) _attribute;

    private GotapiPath(
        string text, (int Start, int Length) profile, (int Start, int Length) @interface, (int Start, int Length) attribute, GotapiVerb verb)
    {
        _text = text;
        _profile = profile;
        _interface = @interface;
        _attribute = attribute;
        Override = verb;
    }

    /// <summary>The profile, never empty.</summary>
    public ReadOnlySpan<char> Profile => _text.AsSpan(_profile.Start, _profile.Length);

    /// <summary>The interface of a three-level path, else empty.</summary>
    public ReadOnlySpan<char> Interface => _text.AsSpan(_interface.Start, _interface.Length);

    /// <summary>The attribute; empty for the profile's default attribute.</summary>
    public ReadOnlySpan<char> Attribute => _text.AsSpan(_attribute.Start, _attribute.Length);

    /// <summary>The verb that the path names in place of the HTTP verb, or None.</summary>
    public GotapiVerb Override { get; }

    /// <summary>Whether a path is under /gotapi, compared without case.</summary>
    public static bool IsUnderRoot(ReadOnlySpan<char> path) =>
        path.Length > Root.Length
        && path[0] == '/'
        && path[1..].StartsWith(Root, StringComparison.OrdinalIgnoreCase)
        && (path.Length == Root.Length + 1 || path[Root.Length + 1] == '/');

    /// <summary>Takes a path apart.</summary>
    /// <param name="path">Decoded path, as it came.</param>
    /// <param name="httpVerb">The HTTP verb: only GET can be overridden.</param>
    /// <param name="result">The parts.</param>
    /// <returns>Null, or error 19 or 20.</returns>
    public static GotapiError? Parse(string path, GotapiVerb httpVerb, out GotapiPath result)
    {
        result = default;
        if (!IsUnderRoot(path))
        {
            return GotapiErrors.InvalidUrl;
        }

        Span<(int Start, int Length)> parts = stackalloc (int, int)[MostSegments];
        var count = Split(path, parts);
        if (count < 1)
        {
            return GotapiErrors.InvalidUrl;
        }

        var verb = count > 1 ? GotapiVerbs.OfSegment(path.AsSpan(parts[0].Start, parts[0].Length)) : GotapiVerb.None;
        if (verb != GotapiVerb.None)
        {
            if (httpVerb != GotapiVerb.Get)
            {
                return GotapiErrors.InvalidUrl;
            }

            parts = parts[1..];
            count--;
        }

        if (count == MostSegments)
        {
            return GotapiErrors.InvalidUrl;
        }

        if (GotapiVerbs.OfSegment(path.AsSpan(parts[0].Start, parts[0].Length)) != GotapiVerb.None)
        {
            return GotapiErrors.InvalidProfile;
        }

        result = new GotapiPath(path, parts[0], count == 3 ? parts[1] : default, count > 1 ? parts[count - 1] : default, verb);
        return null;
    }

    // -1 when a segment is empty or there are too many; one slash at the end is tolerated.
    private static int Split(string path, Span<(int Start, int Length)> parts)
    {
        var end = path[^1] == '/' ? path.Length - 1 : path.Length;
        var count = 0;
        var start = Root.Length + 2;
        while (start < end)
        {
            var slash = path.AsSpan(start, end - start).IndexOf('/');
            var length = slash < 0 ? end - start : slash;
            if (length == 0 || count == parts.Length)
            {
                return -1;
            }

            parts[count++] = (start, length);
            start += length + 1;
            if (slash >= 0 && start >= end)
            {
                return -1;
            }
        }

        return count;
    }
}
