using Dwapi.Gotapi.Errors;
using Dwapi.Grains.Settings;
using Dwapi.WebApi.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Dwapi.WebApi.Gotapi;

/// <summary>
/// The envelope around every answer (gotapi-1.1 section 4, dwapi-health). Answers are put together from bytes: nothing that a plug-in
/// sent is parsed or written anew (DECISIONS 10).
/// </summary>
internal sealed class Answers(ServerIdentity server, IOptions<GotapiOptions> options)
{
    private static readonly StringValues Json = "application/json; charset=UTF-8";
    private static readonly StringValues NoStore = "no-store";

    private readonly ReadOnlyMemory<byte> _head = server.Head;
    private readonly bool _strict = options.Value.StrictHttpStatus;
    private int _requestCode;

    /// <summary>Begins an answer of success; members follow, each with its comma.</summary>
    public AnswerBuffer Begin()
    {
        var answer = AnswerBuffer.Rent();
        answer.Write(_head.Span);
        answer.Write(",\"result\":0"u8);
        return answer;
    }

    /// <summary>Begins an answer that carries requestCode, a counter of this node above 0 (DECISIONS 6).</summary>
    public AnswerBuffer BeginWithRequestCode()
    {
        var answer = AnswerBuffer.Rent();
        answer.Write(_head.Span);
        answer.Write(",\"requestCode\":"u8);
        answer.Write(NextRequestCode());
        answer.Write(",\"result\":0"u8);
        return answer;
    }

    /// <summary>Ends an answer and hands it to the connection.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">From Begin; not to be touched afterwards.</param>
    /// <param name="hmac">64 hex digits, or "" for none.</param>
    /// <param name="status">HTTP status.</param>
    public static void End(HttpContext context, AnswerBuffer answer, string hmac, int status = StatusCodes.Status200OK)
    {
        if (hmac.Length != 0)
        {
            answer.Write(",\"hmac\":"u8);
            answer.WriteAscii(hmac);
        }

        answer.Write("}"u8);
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.ContentType = Json;
        response.Headers.CacheControl = NoStore;
        response.ContentLength = answer.Written.Length;
        var written = answer.Written;
        var body = response.BodyWriter;
        written.CopyTo(body.GetSpan(written.Length));
        body.Advance(written.Length);
        AnswerBuffer.Return(answer);
    }

    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">Row of the error table.</param>
    /// <param name="message">More exact than the row's own, or null.</param>
    /// <param name="hmac">64 hex digits, or "".</param>
    /// <param name="httpStatus">A status that holds whatever StrictHttpStatus says, or 0.</param>
    /// <param name="emptyMember">A member that the answer has even now, as "" (clientId of grant, accessToken), with comma and colon.</param>
    public void Fail(
        HttpContext context, GotapiError error, string? message = null, string hmac = "", int httpStatus = 0, ReadOnlySpan<byte> emptyMember = default)
    {
        var answer = AnswerBuffer.Rent();
        answer.Write(_head.Span);
        answer.Write(",\"result\":1,\"errorCode\":"u8);
        answer.Write(error.Code);
        answer.WriteMember(",\"errorMessage\":"u8, string.IsNullOrEmpty(message) ? error.Message : message);
        if (!emptyMember.IsEmpty)
        {
            answer.Write(emptyMember);
            answer.Write("\"\""u8);
        }

        End(context, answer, hmac, httpStatus != 0 ? httpStatus : _strict ? error.StrictHttpStatus : StatusCodes.Status200OK);
    }

    /// <summary>Answers with a refusal of a door.</summary>
    public void Fail(HttpContext context, Refusal refusal) => Fail(context, refusal.Error, refusal.Message, httpStatus: refusal.HttpStatus);

    private int NextRequestCode()
    {
        while (true)
        {
            var code = Interlocked.Increment(ref _requestCode);
            if (code > 0)
            {
                return code;
            }

            // Past the largest int the counter starts anew; 0 and below are never shown.
            Interlocked.CompareExchange(ref _requestCode, 0, code);
        }
    }
}
