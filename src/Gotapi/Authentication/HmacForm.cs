namespace Dwapi.Gotapi.Authentication;

/// <summary>Which bytes of key and nonce are hashed; it follows from the channel of the key (gotapi-1.1 sections 8 and 12).</summary>
public enum HmacForm : byte
{
    /// <summary>The bytes that the hex digits stand for: a key by launch URI or management call.</summary>
    HexDecoded = 0,

    /// <summary>The hex digits themselves as ASCII: a key by availability.</summary>
    Ascii = 1,
}
