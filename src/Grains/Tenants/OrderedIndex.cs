namespace Dwapi.Grains.Tenants;

/// <summary>A list kept in ordinal order, as the state of a grain can hold it.</summary>
internal static class OrderedIndex
{
    /// <summary>Adds or removes a name.</summary>
    /// <returns>True when the list changed.</returns>
    public static bool Set(List<string> names, string name, bool present)
    {
        var index = names.BinarySearch(name, StringComparer.Ordinal);
        if (index >= 0 == present)
            return false;
        if (present)
            names.Insert(~index, name);
        else
            names.RemoveAt(index);
        return true;
    }
}
