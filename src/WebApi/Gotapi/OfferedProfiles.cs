using Dwapi.Grains.Devices;

namespace Dwapi.WebApi.Gotapi;

/// <summary>What a service offers, compared without case as paths are.</summary>
internal static class OfferedProfiles
{
    /// <summary>The profile of that name; null when the service does not have it (error 2).</summary>
    public static ServiceProfile? Find(ServiceRegistration service, ReadOnlySpan<char> name)
    {
        foreach (var profile in service.Profiles)
        {
            if (name.Equals(profile.Profile, StringComparison.OrdinalIgnoreCase))
            {
                return profile;
            }
        }

        return null;
    }

    /// <summary>Whether the profile implements an attribute.</summary>
    public static bool Offers(this ServiceProfile profile, ReadOnlySpan<char> @interface, ReadOnlySpan<char> attribute)
    {
        foreach (var name in profile.Attributes)
        {
            var split = name.IndexOf('/', StringComparison.Ordinal);
            if (attribute.Equals(name.AsSpan(split + 1), StringComparison.OrdinalIgnoreCase)
                && @interface.Equals(name.AsSpan(0, Math.Max(split, 0)), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
