namespace Dwapi.Grains.Applications;

/// <summary>A key for server authentication (gotapi-1.1 section 8). Never logged.</summary>
/// <param name="Text">Hex text as the application gave it.</param>
/// <param name="Ascii">True: key and nonce are hashed as ASCII text (key from availability). False: hex-decoded (launch URI, management).</param>
[GenerateSerializer, Immutable, Alias("Dwapi.HmacKey")]
public sealed record HmacKey([property: Id(0)] string Text, [property: Id(1)] bool Ascii);
