using System.Collections.Immutable;
using System.Text.Json;

namespace Dwapi.Gotapi.Health;

/// <summary>
/// One attribute of the profile <c>health</c>: its path, its object and its parts. Everything the server knows about a kind of
/// health device follows from this entry.
/// </summary>
public sealed class HealthAttribute
{
    internal HealthAttribute(
        string name, string title, ImmutableArray<DiscoveryScope> scopes, ImmutableArray<HealthPart> parts, bool hasModelName = false)
    {
        Name = name;
        Title = title;
        DiscoveryScopes = scopes;
        Parts = parts;
        HasModelName = hasModelName;
        EncodedName = JsonEncodedText.Encode(name);
        AcceptedScopes = [HealthAttributes.Profile, .. scopes.Select(scope => scope.Name)];
    }

    /// <summary>Last segment of the path: /gotapi/health/NAME.</summary>
    public string Name { get; }

    /// <summary>The member of an answer or event that holds the object; the same word in all health texts.</summary>
    public string TopLevelObject => Name;

    /// <summary>What such a device is called, for people.</summary>
    public string Title { get; }

    /// <summary>Scopes that a service shows in discovery.</summary>
    public ImmutableArray<DiscoveryScope> DiscoveryScopes { get; }

    /// <summary>Scopes of a token that open this attribute: <c>health</c> or any of its discovery scopes (DECISIONS 3).</summary>
    public ImmutableArray<string> AcceptedScopes { get; }

    /// <summary>The quantities, mandatory ones first, those of intermediate values last.</summary>
    public ImmutableArray<HealthPart> Parts { get; }

    /// <summary>True if its device object carries <c>modelName</c> beside <c>modelNumber</c> (thermometer).</summary>
    public bool HasModelName { get; }

    internal JsonEncodedText EncodedName { get; }

    /// <summary>Place of the part of that name, or -1.</summary>
    internal int IndexOfPart(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < Parts.Length; index++)
        {
            if (name.SequenceEqual(Parts[index].EncodedName.EncodedUtf8Bytes))
                return index;
        }

        return -1;
    }

    /// <summary>The part of that name, or null.</summary>
    public HealthPart? FindPart(string name)
    {
        foreach (var part in Parts)
        {
            if (part.Name == name)
                return part;
        }

        return null;
    }
}
