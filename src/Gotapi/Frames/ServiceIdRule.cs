namespace Dwapi.Gotapi.Frames;

/// <summary>What a service id may be: 1 to 128 characters of <c>A-Z a-z 0-9 . _ : -</c> (DECISIONS 4).</summary>
public static class ServiceIdRule
{
    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    /// <summary>True if the text can be a service id.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= LinkLimits.MaxIdLength && !text.ContainsAnyExcept(Allowed);
}
