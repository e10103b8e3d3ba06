using System.Text.Json;

namespace Dwapi.Gotapi.Printing;

/// <summary>The words of the vocabularies of DWAPI-3DP, as <see cref="KebabCaseEnumConverter{T}"/> writes them, outside of JSON.</summary>
public static class PrintWords
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word; null for none.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
                return value;
        }

        return null;
    }
}
