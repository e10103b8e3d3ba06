namespace Dwapi.WebApi.Sessions;

/// <summary>The text of an access token, <c>clientId.secret</c>: the first half says whom to ask, the hash of the whole is compared.</summary>
internal static class TokenText
{
    /// <summary>Longer texts are no tokens of ours and are not looked at.</summary>
    public const int MaxLength = 256;

    /// <summary>Takes the clientId off; false when the text cannot be a token, so that no session is asked for it.</summary>
    public static bool TryGetClientId(ReadOnlySpan<char> token, out ReadOnlySpan<char> clientId)
    {
        var dot = token.Length <= MaxLength ? token.IndexOf('.') : -1;
        clientId = dot > 0 ? token[..dot] : default;
        return dot > 0 && dot < token.Length - 1 && IsClientId(clientId);
    }

    /// <summary>Whether a text can be a clientId of ours: letters, digits, - and _.</summary>
    public static bool IsClientId(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 128;
    }
}
