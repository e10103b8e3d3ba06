using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Dwapi.Actors.Runtime;

/// <summary>Makes an empty state: by the public constructor without parameters, or without any constructor if there is none.</summary>
internal static class StateFactory<T>
{
    public static readonly Func<T> Create =
        typeof(T).IsValueType || typeof(T) == typeof(string) || typeof(T).IsArray || typeof(T).IsAbstract ? static () => default!
        : typeof(T).GetConstructor(Type.EmptyTypes) is null ? static () => (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
        : Expression.Lambda<Func<T>>(Expression.New(typeof(T))).Compile();
}
